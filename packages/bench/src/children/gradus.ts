// The process of Gradus itself: node gradus ENGINE
import { serve } from '../harness/serve';
import { gradus } from '../ours';

serve(() => gradus(process.argv[2]!));
