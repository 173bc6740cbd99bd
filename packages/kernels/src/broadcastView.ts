import { broadcastLayout, windowOn, type Shape, type View } from '@gradus/tensor';

/** The view with axes of size 1 repeated, and leading axes added, to reach `shape`; no copy. */
export function broadcastView(view: View, shape: Shape): View {
  return windowOn(view, broadcastLayout(view, shape));
}
