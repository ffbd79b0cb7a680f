package dev.waybill.namespaces;

import dev.waybill.platform.json.WireName;

/** Type of a namespace: what it is for. */
enum NamespaceType implements WireName {
    STANDARD,
    MARKETPLACE
}
