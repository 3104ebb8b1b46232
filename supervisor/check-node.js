// Preloaded by the npm scripts, in plain JavaScript: an older Node cannot read the TypeScript that follows.
const required = 24;
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < required) {
  console.error(
    `Fanfold needs Node ${required}, this is Node ${process.versions.node}. ` +
      'Run `npm ci` (without --omit=optional), which brings Node 24 along, then `npm start`.',
  );
  process.exit(1);
}
