package dev.waybill.platform.web.bodies;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads the numbers of free JSON: Jackson's own reader makes Infinity of those that a double cannot hold. */
final class FiniteNumberReader extends StdDeserializer<Number> {

    FiniteNumberReader() {
        super(Number.class);
    }

    @Override
    public Number deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) && !parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            return (Number) context.handleUnexpectedToken(Number.class, parser);
        }
        Number value = parser.getNumberValue();
        return Double.isFinite(value.doubleValue()) || parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                ? value
                : (Number) context.handleWeirdNumberValue(Number.class, value, "not finite");
    }
}
