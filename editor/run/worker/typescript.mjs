// TypeScript: the types are taken out, not checked, and the rest is run as JavaScript.

import { finish, serve, write } from './line.mjs';
import { boot, run } from './script.mjs';
import { transform } from 'sucrase';

serve(boot, ({ code, input }) => {
  let plain;
  try {
    // Lines stay where they are, so that errors name the right ones.
    plain = transform(code, { transforms: ['typescript'], disableESTransforms: true, filePath: 'main.ts' }).code;
  } catch (error) {
    write('error', `SyntaxError: ${error.message.replace(/^Error transforming main\.ts: /, '')}\n`);
    finish(false);
    return;
  }
  run({ code: plain, input }, 'main.ts');
});
