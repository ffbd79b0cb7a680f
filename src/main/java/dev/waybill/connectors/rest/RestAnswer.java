package dev.waybill.connectors.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to a {@link RestCall}.
 *
 * @param headers by names in lower case, the first value of each
 * @param body complete, or the beginning of a long error; empty where the bytes of a file are streamed
 */
public record RestAnswer(int status, Map<String, String> headers, byte[] body) {

    public RestAnswer {
        headers = Map.copyOf(headers);
    }

    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** @param name in lower case */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body may contain a token. */
    @Override
    public String toString() {
        return "RestAnswer[%d]".formatted(status);
    }
}
