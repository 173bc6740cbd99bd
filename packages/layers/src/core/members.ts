import type { AnyLayer, Member } from './layerInterface';

/** What the layer at a place of a composite one is called there. */
export function memberName({ kind, name }: Pick<AnyLayer, 'kind' | 'name'>, place: number): string {
  return `${place}_${name ?? kind}`;
}

/** How many products of two numbers the layers within a composite one take for one sample. */
export function sumOfMembers(members: readonly Member[]): number {
  return members.reduce((sum, { layer, input }) => sum + (layer.multiplyAdds?.(input) ?? 0), 0);
}
