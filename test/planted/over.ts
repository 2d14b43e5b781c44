/**
 * A port with some of its methods taken over, and the rest as they are, however many it grows.
 * `changed` is given the port itself, whose methods keep their own state.
 */
export function over<Port extends object>(
  port: Port,
  changed: (port: Port) => Partial<Port>,
): Port {
  const own = changed(port);
  return new Proxy(port, {
    get(_, name): unknown {
      const of = Reflect.has(own, name) ? own : port;
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
}
