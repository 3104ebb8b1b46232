import { stubGroup } from './group.ts';

/* A supervisor in a process of its own, for a test to kill: `run-group.ts FOLDER PORT`. */
const [folder = '', port] = process.argv.slice(2);
await stubGroup(folder, Number(port)).start();
console.log('ready');
