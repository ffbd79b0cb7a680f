/**
 * HTTP in and out: filters, request ids, errors, the access log. Every failure, Tomcat's own too, is rendered in the
 * envelope of the API that was called, with the request's id. Begin with {@code FilterOrder}, then
 * {@code ErrorRenderers}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.text",
            "platform.errors",
            "platform.json",
            "platform.deadline",
            "platform.tenancy",
            "platform.query",
            "platform.lists"
        })
package dev.waybill.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
