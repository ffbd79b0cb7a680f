/** The API's description, made from the code: what every operation has in common is added here. */
@NullMarked
package dev.waybill.platform.web.openapi;

import org.jspecify.annotations.NullMarked;
