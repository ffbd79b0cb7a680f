package dev.waybill.platform.web.bodies;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;

/** A request with a cached body, which can be read as often as it takes; {@link BodyGate} has bounded it. */
record CachedBodyMessage(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

    static CachedBodyMessage of(HttpInputMessage message) throws IOException {
        return message instanceof CachedBodyMessage cached
                ? cached
                : new CachedBodyMessage(message.getHeaders(), message.getBody().readAllBytes());
    }

    @Override
    public InputStream getBody() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }
}
