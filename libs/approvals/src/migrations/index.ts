import { InitApprovals1763710000000 } from './1763710000000-init-approvals';
import { AllChains1763710000001 } from './1763710000001-all-chains';
import { UnitChangeApprovals1763710000002 } from './1763710000002-unit-change';
import { Escalation1763710000006 } from './1763710000006-escalation';
import { OneVoice1763710000007 } from './1763710000007-one-voice';
import { PlainNamesApprovals1796040000104 } from './1796040000104-plain-names';
import { Controller1796040000302 } from './1796040000302-controller';
import { TasksStay1796040000342 } from './1796040000342-tasks-stay';

export const approvalsMigrations = [
  InitApprovals1763710000000,
  AllChains1763710000001,
  UnitChangeApprovals1763710000002,
  Escalation1763710000006,
  OneVoice1763710000007,
  PlainNamesApprovals1796040000104,
  Controller1796040000302,
  TasksStay1796040000342,
];
