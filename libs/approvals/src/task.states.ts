import { defineStates, type StoredStateOf } from '#lib/kernel';
import type { RoleCatalogue, RoleCode } from '#lib/organisation';

/** Where a task can stand. Only a person's act leads to APPROVED, ADVISED or REFUSED; time alone leads nowhere. */
export const taskStates = defineStates({
  WAITING: { label: 'Noch nicht an der Reihe', to: { open: 'OPEN', close: 'CLOSED' } },
  OPEN: { label: 'Offen', to: { approve: 'APPROVED', advise: 'ADVISED', refuse: 'REFUSED', close: 'CLOSED' } },
  APPROVED: { label: 'Zugestimmt', to: {} },
  ADVISED: { label: 'Stellung genommen', to: {} },
  REFUSED: { label: 'Abgelehnt', to: {} },
  CLOSED: { label: 'Erledigt ohne Entscheidung', to: {} },
});
export type TaskState = StoredStateOf<typeof taskStates>;

/** A step that counts towards the chain: an approval, or an opinion that was given. */
export const isDone = (state: TaskState): boolean => state === 'APPROVED' || state === 'ADVISED';

export const OPINIONS = ['POSITIVE', 'CONDITIONAL', 'NEGATIVE'] as const;
export type Opinion = (typeof OPINIONS)[number];
export const OPINION_LABEL: Record<Opinion, string> = {
  POSITIVE: 'Keine Bedenken',
  CONDITIONAL: 'Keine Bedenken unter Bedingungen',
  NEGATIVE: 'Bedenken',
};

/** Why a request may be refused. The text beside it says what would help. */
export const REFUSAL_REASONS = {
  AUFGABE_FEHLT: 'Die Aufgabe der anfragenden Stelle ist nicht erkennbar.',
  RECHTSGRUNDLAGE_FEHLT: 'Die Rechtsgrundlage trägt die Weitergabe nicht.',
  UMFANG_ZU_GROSS: 'Es werden mehr Daten verlangt, als der Zweck braucht.',
  SCHUTZBEDARF: 'Der Schutzbedarf der Daten lässt die Weitergabe nicht zu.',
  VERTRAG_FEHLT: 'Der nötige Vertrag zwischen den Parteien fehlt.',
  STATISTISCHE_GEHEIMHALTUNG: 'Die statistische Geheimhaltung steht entgegen.',
  ANDERE_QUELLE: 'Die Daten gibt es an anderer Stelle in besserer Form.',
  QUALITAET: 'Die Daten sind für diesen Zweck nicht geeignet.',
  NACHWEIS_FEHLT: 'Ein nötiger Nachweis fehlt oder reicht nicht aus.',
  STEUERUNGSKREIS: 'Der Steuerungskreis hat nicht zugestimmt.',
  SONSTIGES: 'Ein anderer Grund, siehe Text.',
} as const;
export type RefusalReason = keyof typeof REFUSAL_REASONS;

/** Reasons with an act of their own: the veto of the Statistikstelle and the vote of the Steuerungskreis. */
export const OWN_ACT: readonly RefusalReason[] = ['STATISTISCHE_GEHEIMHALTUNG', 'STEUERUNGSKREIS'];
/** Reasons a decider picks from, code and sentence. */
export const refusalChoices = (): { code: RefusalReason; text: string }[] =>
  Object.entries(REFUSAL_REASONS)
    .map(([code, text]) => ({ code: code as RefusalReason, text }))
    .filter(({ code }) => !OWN_ACT.includes(code));

interface Seated {
  role: RoleCode;
  seat: string;
  kind: string;
}
/** The decision of the party whose data it is. The head of the Statistikstelle takes it for the section's own products only. */
export const isOwnerStep = (roles: RoleCatalogue, { role, seat, kind }: Seated): boolean =>
  kind === 'APPROVE' && seat === 'PROVIDER' && roles.isAccountable(role);
/** The word on statistical secrecy, for whosever data: a veto or none, and no other reason to refuse. */
export const isSecrecyStep = ({ role, seat }: Pick<Seated, 'role' | 'seat'>): boolean =>
  role === 'STAT' && seat === 'CITY';
