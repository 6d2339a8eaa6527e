// ESLint and editors look for this name at the top; what it says stands with the other tools.
module.exports = require('./config/tooling/eslint.cjs');
