// The order of the house, written once. A stage may import the stages before it and never one after it;
// it tells those after it by emitting an event. The import rules of dependency-cruiser are generated from this list.
module.exports = [
  'kernel', // ground
  'identity', // who is asking
  'policy', // the law book, pure
  'law', // which version of it is in force, and what it says of roles
  'organisation', // who we are
  'rulebook', // how a law comes into force: drafts, votes, adoption
  'disclosure', // statistical disclosure control, pure
  'sources', // bring data in
  'catalogue', // publish
  'requests', // request and decide
  'approvals', // approve
  'agreements', // agree
  'exchange', // exchange
  'reorganisation', // units change; looks back at all of the flow
  'notifications', // tell people
  'publication', // open
  'federation', // reach other data spaces
  'audit', // the memory: seals the events of all others (imports kernel only)
  'reporting', // figures for the council
  'assurance', // the auditor's desk
];
