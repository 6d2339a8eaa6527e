import type { EvidenceInput } from '#lib/requests';
import type { Signed } from '../journeys/city';

/** The smallest PDF that is one. */
export const A_PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

/** What a test says of a document; the rest is harmless. */
export const described = (unitId: string, kind: string, more: Partial<EvidenceInput> = {}): EvidenceInput => ({
  unitId,
  kind,
  title: `Muster: ${kind}`,
  reference: `Muster-Akte ${kind}`,
  issuer: 'Muster-Behörde',
  ...more,
});

/** Uploads a small real document of each kind for a unit; the ids belong into `evidenceFiles` of its form. */
export async function evidenceOf(
  who: Signed,
  unitId: string,
  kinds: readonly string[],
  more: Partial<EvidenceInput> = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (const kind of kinds) {
    const { status, body } = await who.document('/v1/evidence', described(unitId, kind, more), {
      name: `${kind.toLowerCase()}.pdf`,
      content: A_PDF,
    });
    if (status !== 201) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`);
    ids.push(String(body.id));
  }
  return ids;
}
