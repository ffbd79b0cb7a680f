/**
 * The OpenAPI document, generated from the code: what all operations have in common is added here. The common client
 * generators can read it, and a test compares it with the committed one. Begin with {@code CommonOperationParts}.
 */
@NullMarked
package dev.waybill.platform.web.openapi;

import org.jspecify.annotations.NullMarked;
