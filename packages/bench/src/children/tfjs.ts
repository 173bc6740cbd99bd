// The process of TensorFlow.js: node tfjs FOLDER cpu|wasm
import { serve } from '../harness/serve';
import { tfjs } from '../peers/tfjs';

const [folder, backend] = process.argv.slice(2);

serve(() => tfjs(folder!, backend === 'wasm' ? 'wasm' : 'cpu'));
