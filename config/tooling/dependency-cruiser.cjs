// The rules of the structure, generated from the order of the stages. Zero exceptions: a rule that must be switched
// off is deleted in a decision record.
const stages = require('./stages.cjs');

const own = (stage) => `^libs/${stage}/`;
const MEMORY = ['audit', 'reporting', 'assurance'];
const tests = String.raw`\.spec\.tsx?$`;

const backOnly = stages.map((stage, index) => ({
  name: `${stage}-looks-back-only`,
  comment: `${stage} may import the stages before it. To tell a later stage, emit an event on the transaction; the later stage registers a handler.`,
  severity: 'error',
  from: { path: own(stage), pathNot: tests },
  to: {
    path:
      stages
        .slice(index + 1)
        .map(own)
        .join('|') || '^$',
  },
}));

// Stages that look at everything, and the one room of the portal and the API where that is shown.
const SHOWN_IN = { reorganisation: 'organisation', assurance: 'audit' };
const shownInOneRoom = Object.entries(SHOWN_IN).map(([stage, room]) => ({
  name: `${stage}-is-shown-in-one-room`,
  comment: `Screens and controllers of ${room}/ show what ${stage} knows: link there, or ask the stage that owns the rows for a narrow read.`,
  severity: 'error',
  from: {
    path: '^apps/(portal/src/screens|api/src)/[^/]+/',
    pathNot: [`^apps/(portal/src/screens|api/src)/${room}/`, tests],
  },
  to: { path: own(stage) },
}));

module.exports = {
  forbidden: [
    ...backOnly.filter(({ to }) => to.path !== '^$'),
    ...shownInOneRoom,
    {
      name: 'front-door-only',
      comment:
        "Import `#lib/<stage>`: what is not exported there is nobody else's business. Export it, or ask the stage for a narrow read.",
      severity: 'error',
      from: { path: '^(apps|libs/([^/]+))/', pathNot: tests },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/audit/src/proof/', '^libs/kernel/src/text\\.ts$'],
      },
    },
    {
      name: 'policy-and-disclosure-are-pure',
      comment: 'Facts in, decision out: hand in the clock, the hash and the rule set as arguments.',
      severity: 'error',
      from: { path: '^libs/(policy|disclosure)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'policy-knows-no-framework',
      comment: 'No Nest, TypeORM, queue or HTTP in the law book.',
      severity: 'error',
      from: { path: '^libs/(policy|disclosure)/', pathNot: tests },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|@fastify|fastify|pino)' },
    },
    {
      name: 'audit-reads-events-only',
      comment: 'The memory must not depend on those it remembers: read kernel.audit_event.',
      severity: 'error',
      from: { path: '^libs/audit/', pathNot: tests },
      to: { path: '^libs/', pathNot: '^libs/(audit|kernel)/' },
    },
    {
      name: 'only-apps-and-the-memory-import-audit',
      comment: 'A stage tells the audit by emitting an event, never by a call.',
      severity: 'error',
      from: { path: `^libs/(?!${MEMORY.join('|')})`, pathNot: tests },
      to: { path: '^libs/audit/' },
    },
    {
      name: 'no-circles',
      comment: 'Find the part both need and give it a name.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'transport-in-apps',
      comment: 'Fastify, templates and HTTP types belong to apps/, kernel/http and organisation/http.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/(kernel|organisation)/src/http/', tests] },
      to: { path: 'node_modules/(@fastify|fastify|@nestjs/platform-fastify|react|react-dom)/' },
    },
    {
      name: 'verify-stands-alone',
      comment: 'The checker shares nothing with what it checks: #proof and Node only.',
      severity: 'error',
      from: { path: '^apps/verify/', pathNot: tests },
      to: { pathNot: ['^apps/verify/', '^libs/audit/src/proof/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'proof-stands-alone',
      comment: 'The proof is the format and its hash rules: Node only.',
      severity: 'error',
      from: { path: '^libs/audit/src/proof/', pathNot: tests },
      to: { pathNot: '^libs/audit/src/proof/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'children-start-light',
      comment:
        'One process per query and per file: what it loads is paid for at every delivery. Take `#text` instead of `#lib/kernel`.',
      severity: 'error',
      from: { path: '^libs/sources/src/(engine/query-child|process/job-child)\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|@fastify|fastify|pino)/', reachable: true },
    },
    {
      name: 'apps-are-leaves',
      comment: 'Nobody imports an app, except local, which boots them. What two apps need belongs to a stage.',
      severity: 'error',
      from: { path: '^(libs|apps/([^/]+))/', pathNot: ['^apps/local/', tests] },
      to: { path: '^apps/', pathNot: '^apps/$2/' },
    },
    {
      name: 'screens-stand-alone',
      comment:
        'A screen knows no other screen. What two screens show or read has a file of its own in apps/portal/src/layout/; to lead there, link.',
      severity: 'error',
      from: { path: '^apps/portal/src/screens/([^/]+/[^/]+)/' },
      to: { path: '^apps/portal/src/screens/', pathNot: '^apps/portal/src/screens/$1/' },
    },
    {
      name: 'layout-knows-no-screen',
      comment: 'The frame and the shared parts are handed what they show: screens import them, never the other way.',
      severity: 'error',
      from: { path: '^apps/portal/src/(layout|session)/', pathNot: tests },
      to: { path: '^apps/portal/src/screens/' },
    },
    {
      name: 'aliases-reach-the-source',
      comment: 'An alias that resolves into dist/ would hide forbidden imports.',
      severity: 'error',
      from: {},
      to: { path: '^dist/' },
    },
    {
      name: 'everything-resolves',
      comment: 'Install it, or correct the name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },

    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
