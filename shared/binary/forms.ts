/**
 * How values are written and read, each said once for both ends. PROTOCOL_BINARY.md names these forms; what is sent for every
 * tick has code of its own.
 */
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";

/** @typeParam S What it must know of the connection to write a value. @typeParam R The same, to read one. */
export interface Form<T, S = unknown, R = unknown> {
  /** Whether a record has a flag for it, beside its bytes or instead of them. @default no flag */
  readonly flag?: "optional" | "bit";
  write(writer: ByteWriter, value: T, sender: S): void;
  read(reader: ByteReader, field: string, receiver: R): T;
}

/** A form that a record writes only where the field is there. */
export interface OptionalForm<T, S, R> extends Form<T, S, R> {
  readonly flag: "optional";
}

/** The form of every field: a field that may be absent must be {@link optional}, and only such a one. */
export type Fields<T, S, R> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalForm<Exclude<T[K], undefined>, S, R> : Form<T[K], S, R>;
};

export const count: Form<number> = {
  write: (writer, value) => writer.count(value),
  read: (reader, field) => reader.count(field),
};
export const number: Form<number> = {
  write: (writer, value) => writer.number(value),
  read: (reader, field) => reader.number(field),
};
/** One byte. */
export const boolean: Form<boolean> = {
  write: (writer, value) => writer.count(value ? 1 : 0),
  read: (reader, field) => reader.count(field) % 2 === 1,
};
/** A flag of the record, and no byte. */
export const bit: Form<boolean> = { ...boolean, flag: "bit" };
/** A day as yyyymmdd, as its difference from the day before it in the same message. */
export const day: Form<number> = {
  write: (writer, value) => writer.day(value),
  read: (reader, field) => reader.day(field),
};

/** @param lengthMax In UTF-16 units. @default any length */
export function text(lengthMin = 0, lengthMax = Infinity): Form<string> {
  return {
    write: (writer, value) => writer.text(value),
    read: (reader, field) => reader.text(field, lengthMin, lengthMax),
  };
}

/** One of a few names, by its place. */
export function oneOf<T extends string>(names: readonly T[]): Form<T> {
  return {
    write: (writer, value) => writer.count(names.indexOf(value)),
    read: (reader, field) => names[reader.count(field, names.length - 1)] as T,
  };
}

/** What is always the same takes no byte. */
export function constant<T>(value: T): Form<T> {
  return { write: () => {}, read: () => value };
}

/** @param max @default any number, as far as the message's bytes go */
export function list<T, S, R>(form: Form<T, S, R>, min = 0, max = Infinity): Form<T[], S, R> {
  return {
    write(writer, values, sender) {
      writer.count(values.length);
      for (const value of values) form.write(writer, value, sender);
    },
    read: (reader, field, receiver) => reader.list(field, () => form.read(reader, field, receiver), min, max),
  };
}

export function optional<T, S, R>(form: Form<T, S, R>): OptionalForm<T, S, R> {
  return { ...form, flag: "optional" };
}

/** Flags, where any field has one, and then the fields in order. Flag 1 is that of the first field that has one. */
export function record<T extends object, S = unknown, R = unknown>(fields: Fields<T, S, R>): Form<T, S, R> {
  const forms = Object.entries(fields) as [string, Form<unknown, S, R>][];
  const hasFlags = forms.some(([, { flag }]) => flag);
  return {
    write(writer, value, sender) {
      const values = value as Record<string, unknown>;
      let flags = 0, flag = 1;
      for (const [name, form] of forms) {
        if (!form.flag) continue;
        // An optional field is undefined where it is not set, and a bit false.
        if (values[name] !== undefined && (form.flag !== "bit" || values[name])) flags += flag;
        flag *= 2;
      }
      if (hasFlags) writer.count(flags);
      for (const [name, form] of forms) {
        if (form.flag !== "bit" && values[name] !== undefined) form.write(writer, values[name], sender);
      }
    },
    read(reader, _field, receiver) {
      let flags = hasFlags ? reader.count("flags") : 0;
      const values: Record<string, unknown> = {};
      for (const [name, form] of forms) {
        const isSet = !form.flag || flags % 2 === 1;
        if (form.flag) flags = Math.floor(flags / 2);
        if (form.flag === "bit") values[name] = isSet;
        else if (isSet) values[name] = form.read(reader, name, receiver);
      }
      return values as T;
    },
  };
}
