package dev.waybill.namespaces;

import dev.waybill.platform.web.WireName;

/** Type of a namespace: what it is for. */
enum NamespaceType implements WireName {
    STANDARD,
    MARKETPLACE
}
