// The process of jax-js: node jaxJs FOLDER
import { serve } from '../harness/serve';
import { jaxJs } from '../peers/jaxJs';

serve(() => jaxJs(process.argv[2]!));
