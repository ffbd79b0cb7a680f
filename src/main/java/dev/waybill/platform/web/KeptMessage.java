package dev.waybill.platform.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;

/** A request whose body can be read as often as it takes; {@link BodyGate} has bounded it. */
record KeptMessage(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

    static KeptMessage of(HttpInputMessage message) throws IOException {
        return message instanceof KeptMessage kept
                ? kept
                : new KeptMessage(message.getHeaders(), message.getBody().readAllBytes());
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
