import { quoted } from '#lib/kernel';
import { documentInWords, type EvidenceView } from '#lib/requests';
import { day } from '../format';
import { Link, Table } from '../parts';

/** Documents that prove something, with what is said of them; `hrefOf` where the reader may open the file. */
export const Documents = ({
  documents,
  hrefOf,
  caption = 'Nachweise',
}: {
  documents: readonly EvidenceView[];
  hrefOf?: (id: string) => string;
  caption?: string;
}) => (
  <Table
    caption={caption}
    hideCaption
    columns={[{ head: 'Nachweis' }, { head: 'Ausgestellt von' }, { head: 'Gilt' }, { head: 'Datei' }]}
    rows={documents.map(({ id, kindName, title, reference, issuer, fileName, scanned, ...dates }) => [
      `${documentInWords({ kindName, title })} (${reference})`,
      issuer,
      `${validity(dates)}${dates.state === 'HOLDS' ? '' : `, ${dates.stateName}`}`,
      <>
        {hrefOf ? <Link href={hrefOf(id)}>{quoted(fileName)}</Link> : quoted(fileName)}
        {scanned ? '' : ' (nicht auf Schadsoftware geprüft)'}
      </>,
    ])}
  />
);

const validity = ({ validFrom, validUntil }: Pick<EvidenceView, 'validFrom' | 'validUntil'>): string =>
  [validFrom && `ab ${day(validFrom)}`, validUntil ? `bis ${day(validUntil)}` : 'ohne Ende'].filter(Boolean).join(' ');
