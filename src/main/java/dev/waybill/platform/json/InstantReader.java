package dev.waybill.platform.json;

import dev.waybill.platform.query.Instants;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an instant from RFC 3339 with a zone, and from nothing else: a number has no unit. */
final class InstantReader extends StdDeserializer<Instant> {

    InstantReader() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        String text = parser.getString();
        Optional<Instant> read = Instants.read(text);
        return read.isPresent()
                ? read.get()
                : (Instant) context.handleWeirdStringValue(Instant.class, text, "not RFC 3339 with a zone");
    }
}
