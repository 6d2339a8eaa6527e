import { InitRequests1763709000000 } from './1763709000000-init-requests';
import { UnitChangeRequests1763709000002 } from './1763709000002-unit-change';
import { Emergency1763709000004 } from './1763709000004-emergency';
import { Handover1763709000006 } from './1763709000006-handover';
import { ReplaysAndProposals1763709000007 } from './1763709000007-replays-and-proposals';
import { OneLawAtTheCommit1763709000009 } from './1763709000009-one-law-at-the-commit';
import { ReplaysTakenOver1763709000012 } from './1763709000012-replays-taken-over';
import { PlainNamesRequests1796040000103 } from './1796040000103-plain-names';
import { PseudonymisedMoves1796040000107 } from './1796040000107-pseudonymised-moves';
import { Evidence1796040000260 } from './1796040000260-evidence';
import { CasesInFlight1796040000341 } from './1796040000341-cases-in-flight';
import { CarryingNorms1796040000282 } from './1796040000282-carrying-norms';
import { Controller1796040000301 } from './1796040000301-controller';

export const requestsMigrations = [
  InitRequests1763709000000,
  UnitChangeRequests1763709000002,
  Emergency1763709000004,
  Handover1763709000006,
  ReplaysAndProposals1763709000007,
  OneLawAtTheCommit1763709000009,
  ReplaysTakenOver1763709000012,
  PlainNamesRequests1796040000103,
  PseudonymisedMoves1796040000107,
  Evidence1796040000260,
  CasesInFlight1796040000341,
  CarryingNorms1796040000282,
  Controller1796040000301,
];
