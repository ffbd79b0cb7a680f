/**
 * HTTP in and out: filters, request ids, errors, the access log. Every failure, Tomcat's own too, is rendered in the
 * envelope of the API that was called, with the request's id. Begin with {@code FilterOrder}, then
 * {@code ErrorRenderers}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.deadline",
            "platform.errors",
            "platform.ids",
            "platform.tenancy",
            "platform.query",
            "platform.text"
        })
package dev.waybill.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
