import { quoted } from '#lib/kernel';
import type { Overlap } from '#lib/requests';
import { day } from '../format';
import { Alert, Link, List, Text } from '../parts';

/** Requests of the same unit for the same product: told to who asks and to who decides. Nobody is kept from going on. */
export const Overlaps = ({ overlaps, title, text }: { overlaps: readonly Overlap[]; title: string; text: string }) =>
  overlaps.length === 0 ? null : (
    <Alert tone="info" title={title}>
      <Text>{text}</Text>
      <List
        items={overlaps.map(({ id, number, stateName, project, until }) => (
          <span key={id}>
            <Link href={`/requests/${id}`}>{`Antrag ${number}`}</Link>, {stateName}, {quoted(project)}, bis {day(until)}
          </span>
        ))}
      />
    </Alert>
  );
