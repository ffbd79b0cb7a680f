package dev.waybill.namespaces;

import dev.waybill.platform.web.WireName;
import java.util.Locale;

/** What a namespace is for. */
enum NamespaceType implements WireName {
    STANDARD,
    MARKETPLACE;

    static NamespaceType of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
