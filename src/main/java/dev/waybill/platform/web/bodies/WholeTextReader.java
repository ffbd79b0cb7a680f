package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.text.Letters;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Reads texts that can be stored: JSON can spell half of a surrogate pair, such as {@code "\ud83d"}, which UTF-8
 * cannot, and what becomes of it would be another text. Free JSON reads its texts by it as well.
 */
final class WholeTextReader extends StdDeserializer<String> {

    WholeTextReader() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getString();
        if (!Letters.isWhole(text)) {
            throw unreadable(parser, context, Letters.HALF);
        }
        return text;
    }

    private static ValueInstantiationException unreadable(
            JsonParser parser, DeserializationContext context, String why) {
        InvalidRequest refusal = new InvalidRequest(List.of(new Violation(List.of("body"), why, "value_error")));
        return ValueInstantiationException.from(parser, why, context.constructType(String.class), refusal);
    }
}
