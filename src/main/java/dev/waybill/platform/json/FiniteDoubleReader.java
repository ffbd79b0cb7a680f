package dev.waybill.platform.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a number that JSON can also write: Jackson's own reader takes the texts NaN and Infinity, and overflows to it.
 */
final class FiniteDoubleReader extends StdDeserializer<Double> {

    FiniteDoubleReader() {
        super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) && !parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            return (Double) context.handleUnexpectedToken(Double.class, parser);
        }
        double value = parser.getDoubleValue();
        return Double.isFinite(value)
                ? value
                : (Double) context.handleWeirdNumberValue(Double.class, value, "not finite");
    }
}
