package dev.waybill.platform.query;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.ArrayList;
import java.util.List;

/** A path into the request's JSON body, as the location of a violation. */
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
