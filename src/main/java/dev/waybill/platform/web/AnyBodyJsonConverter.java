package dev.waybill.platform.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON whatever the body calls itself: {@link BodyGate} has decided that before. So an empty body is no body under
 * every content type.
 */
final class AnyBodyJsonConverter extends JacksonJsonHttpMessageConverter {

    AnyBodyJsonConverter(JsonMapper json) {
        super(json);
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return true;
    }
}
