// JavaScript, as it is.

import { serve } from './line.mjs';
import { boot, run } from './script.mjs';

serve(boot, (task) => run(task, 'main.js'));
