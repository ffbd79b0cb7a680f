package dev.waybill.platform.query;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a list that callers may filter and sort by. A field that ends in {@code .*} stands for everything below
 * it. Wire names and stored names are the same unless {@link Builder#stored} says otherwise.
 */
public final class Fields {

    /** What a field holds; operands are checked against it. */
    public enum Kind {
        /** Words for people: compared without regard to case unless the caller requests it. */
        TEXT,
        /** Ids, statuses, hashes: always compared exactly, so that an index serves. */
        TOKEN,
        NUMBER,
        INSTANT,
        /** A date and time that is stored as {@link Instants} spells it: compared to the nanosecond. */
        DATETIME,
        BOOLEAN,
        /** Whatever the caller put there; strings are compared as {@link #TEXT}. */
        ANY
    }

    /** A field as it was found: its kind, and the path of the stored value. */
    public record Field(Kind kind, String path) {}

    private final Map<String, Field> byName;
    private final Set<String> searched;
    private final boolean open;

    private Fields(Map<String, Field> byName, Set<String> searched, boolean open) {
        this.byName = Map.copyOf(byName);
        this.searched = Set.copyOf(searched);
        this.open = open;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The field of that name, or empty when callers may not use it. */
    public Optional<Field> find(String name) {
        Field exact = byName.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Field below = byName.get(name.substring(0, dot) + ".*");
            if (below != null) {
                return Optional.of(new Field(below.kind(), below.path() + name.substring(dot)));
            }
        }
        return open ? Optional.of(new Field(Kind.ANY, name)) : Optional.empty();
    }

    /** The names that callers may use, for error messages. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** The stored paths that a search covers. */
    public Set<String> searched() {
        return searched;
    }

    /** Collects the fields. */
    public static final class Builder {

        private final Map<String, Field> byName = new LinkedHashMap<>();
        private final Set<String> searched = new LinkedHashSet<>();
        private boolean open;

        public Builder text(String... names) {
            return add(Kind.TEXT, names);
        }

        public Builder token(String... names) {
            return add(Kind.TOKEN, names);
        }

        public Builder number(String... names) {
            return add(Kind.NUMBER, names);
        }

        public Builder instant(String... names) {
            return add(Kind.INSTANT, names);
        }

        public Builder bool(String... names) {
            return add(Kind.BOOLEAN, names);
        }

        /** Values of any kind; {@code metadata.*} takes every path below {@code metadata}. */
        public Builder any(String... names) {
            return add(Kind.ANY, names);
        }

        /** A field whose stored path differs from its wire name. */
        public Builder stored(String name, Kind kind, String path) {
            byName.put(name, new Field(kind, path));
            return this;
        }

        /** Text fields that a search covers. */
        public Builder searching(String... paths) {
            searched.addAll(Set.of(paths));
            return this;
        }

        /** Any other name is taken as it is: for documents whose fields a schema declares. */
        public Builder open() {
            open = true;
            return this;
        }

        public Fields build() {
            return new Fields(byName, searched, open);
        }

        private Builder add(Kind kind, String... names) {
            for (String name : names) {
                String path = name.endsWith(".*") ? name.substring(0, name.length() - 2) : name;
                byName.put(name, new Field(kind, path));
            }
            return this;
        }
    }
}
