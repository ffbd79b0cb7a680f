package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;
import java.util.Locale;

/** Whether agents may submit to a project. */
enum ProjectStatus implements WireName {
    OPEN,
    CLOSED;

    static ProjectStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
