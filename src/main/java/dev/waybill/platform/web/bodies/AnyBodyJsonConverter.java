package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.JsonFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The message converter of JSON, whatever the body's {@code Content-Type}: {@link BodyGate} has decided that before. So
 * an empty body is no body under every content type.
 */
public final class AnyBodyJsonConverter extends JacksonJsonHttpMessageConverter {

    /** How many values of wrong types are reported at once. */
    public static final int MAX_MISTAKES = 20;

    public AnyBodyJsonConverter(JsonMapper json) {
        super(json.rebuild()
                .addModule(new SimpleModule("bodies")
                        .addDeserializer(String.class, new WholeTextReader())
                        .addDeserializer(Number.class, new FiniteNumberReader()))
                .build());
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return true;
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        CachedBodyMessage cached = CachedBodyMessage.of(message);
        byte[] body = cached.bytes();
        if (StandardCharsets.UTF_8.equals(getCharset(message.getHeaders().getContentType()))) {
            requireUtf8(body);
        }
        try {
            return super.read(type, cached, hints);
        } catch (HttpMessageNotReadableException unreadable) {
            if (unreadable.getCause() instanceof StreamConstraintsException bounds) {
                throw beyond(bounds, body);
            }
            if (unreadable.getCause() instanceof JacksonException first
                    && JsonFailures.translate(first) instanceof InvalidRequest) {
                throw new InvalidRequest(mistakes(getJavaType(type.getType(), null), body, first));
            }
            throw unreadable;
        }
    }

    /** Jackson takes some bytes for letters that they do not stand for, such as C0 80 for NUL. */
    private static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException malformed) {
            throw new WaybillException(
                    ErrorCode.MALFORMED_JSON,
                    "The body is not valid JSON: its bytes are not UTF-8.",
                    Map.of(),
                    malformed);
        }
    }

    /** Jackson reports an exceeded bound without its path; reading the body once more finds the path. */
    private WaybillException beyond(StreamConstraintsException bounds, byte[] body) {
        try (JsonParser parser = getMapper().createParser(body)) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token.isNumeric()) {
                        parser.getNumberValue();
                    }
                }
                return JsonFailures.translate(bounds);
            } catch (StreamConstraintsException again) {
                return JsonFailures.beyond(again, parser);
            }
        }
    }

    /** Reading ends at the first mistake, so what is wrong is removed until the rest can be read. */
    private List<Violation> mistakes(JavaType type, byte[] body, JacksonException first) {
        List<Violation> found = new ArrayList<>(violations(first));
        JacksonException last = first;
        try {
            JsonNode rest = getMapper().readTree(body);
            while (found.size() < MAX_MISTAKES && remove(rest, last.getPath())) {
                try {
                    getMapper().treeToValue(rest, type);
                    return found;
                } catch (JacksonException next) {
                    last = next;
                    found.addAll(violations(next));
                }
            }
        } catch (JacksonException malformed) {
            // Behind the first mistake it is no JSON; one thing at a time.
            return found;
        }
        return found.stream().distinct().toList();
    }

    private static List<Violation> violations(JacksonException failure) {
        return JsonFailures.translate(failure) instanceof InvalidRequest invalid ? invalid.violations() : List.of();
    }

    /** @return whether there was something */
    private static boolean remove(JsonNode root, List<JacksonException.Reference> path) {
        if (path.isEmpty()) {
            return false;
        }
        JsonNode at = root;
        for (JacksonException.Reference step : path.subList(0, path.size() - 1)) {
            at = step.getPropertyName() == null ? at.path(step.getIndex()) : at.path(step.getPropertyName());
        }
        JacksonException.Reference last = path.getLast();
        return switch (at) {
            case ObjectNode object -> object.remove(String.valueOf(last.getPropertyName())) != null;
            // The others keep their indexes.
            case ArrayNode array ->
                last.getIndex() >= 0
                        && last.getIndex() < array.size()
                        && !array.set(last.getIndex(), (JsonNode) null).isEmpty();
            default -> false;
        };
    }
}
