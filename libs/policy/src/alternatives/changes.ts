import type { FieldClass, Facts, Form } from '../facts/facts';

/** What the applicant could ask for instead, as far as the reader may know of it. Nothing here is looked up by itself. */
export interface Freedom {
  /** forms the product is offered in; without them all */
  forms?: readonly Form[];
  /** declared coarser forms of a field: the class the field then has, and the words for it (`nur das Jahr`) */
  coarser?: Readonly<Record<string, readonly { class: FieldClass; text: string }[]>>;
  /** other units of the applicant that could ask, with what the rules then see */
  recipients?: readonly {
    id: string;
    name: string;
    consumer: Facts['consumer'];
    contract: Facts['contract'];
    recipient?: Facts['recipient'];
  }[];
  /** name the processor has among the onward recipients; absent: it is none of them */
  processorOnward?: string;
  /** the aggregate product that serves the same purposes, only if the reader may see it */
  aggregate?: { title: string; product: Facts['product']; fields: Facts['fields'] };
}

/** One change of a request that asks for less, or states its ground otherwise. None asks for more. */
export type Change =
  | { kind: 'DROP_FIELDS'; fields: string[] }
  /** `as`: place in the declared generalisations of the field */
  | { kind: 'COARSEN_FIELDS'; fields: { name: string; as: number; text: string }[] }
  | { kind: 'FORM'; form: Form }
  | { kind: 'RETENTION'; days: number }
  | { kind: 'PERIOD'; months: number }
  /** no longer than the owner gives it */
  | { kind: 'DAYS'; days: number }
  | { kind: 'NOT_INSIST' }
  | { kind: 'NO_ONWARD' }
  /** whoever asks processes the data itself */
  | { kind: 'NO_PROCESSOR' }
  /** `what`: path of a yes/no fact that the table of facts calls withdrawable */
  | { kind: 'NOT'; what: string }
  | { kind: 'ADD_BASIS'; code: string }
  | { kind: 'DROP_BASIS'; code: string }
  | { kind: 'GROUND'; code: string }
  | { kind: 'ADD_EVIDENCE'; code: string }
  | { kind: 'RECIPIENT'; id: string; name: string }
  | { kind: 'PRODUCT'; id: string; title: string };
