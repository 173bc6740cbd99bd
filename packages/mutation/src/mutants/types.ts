import ts from 'typescript';

/** What operators ask about the types of expressions. */
export class Types {
  constructor(private readonly checker: ts.TypeChecker) {}

  isNumber(node: ts.Expression): boolean {
    return this.isLike(node, ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike);
  }

  isBoolean(node: ts.Expression): boolean {
    return this.isLike(node, ts.TypeFlags.BooleanLike);
  }

  /** Whether either value could stand in the place of the other. */
  agree(a: ts.Expression, b: ts.Expression): boolean {
    const [first, second] = [this.wide(a), this.wide(b)];
    return (
      !((first.flags | second.flags) & ts.TypeFlags.Any) &&
      this.checker.isTypeAssignableTo(first, second) &&
      this.checker.isTypeAssignableTo(second, first)
    );
  }

  /** The strings that may stand in the place of a string, where only certain ones may. */
  choices(node: ts.StringLiteral): readonly string[] {
    const expected = this.checker.getContextualType(node);
    if (expected === undefined || !expected.isUnion()) return [];
    return expected.types.flatMap((type) => (type.isStringLiteral() ? [type.value] : []));
  }

  /** Whether the value has a method of that name. */
  hasMethod(node: ts.Expression, name: string): boolean {
    const type = this.checker.getTypeAtLocation(node);
    const property = this.checker.getPropertyOfType(type, name);
    if (property === undefined) return false;
    return this.checker.getTypeOfSymbolAtLocation(property, node).getCallSignatures().length > 0;
  }

  private isLike(node: ts.Expression, flags: ts.TypeFlags): boolean {
    const type = this.checker.getTypeAtLocation(node);
    return (type.isUnion() ? type.types : [type]).every((one) => (one.flags & flags) !== 0);
  }

  private wide(node: ts.Expression): ts.Type {
    return this.checker.getBaseTypeOfLiteralType(this.checker.getTypeAtLocation(node));
  }
}
