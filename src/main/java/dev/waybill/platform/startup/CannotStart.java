package dev.waybill.platform.startup;

import java.util.List;

/**
 * Startup fails because the service would not work as it is configured. Holds sentences for the operator, and no
 * secrets.
 */
final class CannotStart extends RuntimeException {

    private final transient List<String> problems;

    CannotStart(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
