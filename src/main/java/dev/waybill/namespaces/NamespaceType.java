package dev.waybill.namespaces;

import dev.waybill.platform.web.WireName;

/** What a namespace is for. */
enum NamespaceType implements WireName {
    STANDARD,
    MARKETPLACE
}
