package dev.waybill.platform.query;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.ArrayList;
import java.util.List;

/** A place in the request's body, for telling where something is wrong. */
record JsonPath(List<Object> location) {

    static JsonPath body(String field) {
        return new JsonPath(List.of("body", field));
    }

    JsonPath in(Object step) {
        List<Object> longer = new ArrayList<>(location);
        longer.add(step);
        return new JsonPath(List.copyOf(longer));
    }

    InvalidRequest refuse(String type, String message) {
        return new InvalidRequest(List.of(new Violation(location, message, type)));
    }
}
