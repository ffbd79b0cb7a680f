/**
 * Submissions: the agents' API, with its own keys, envelope and error codes, and what an organization sees of them.
 * Of any number of confirms one submits, a crash between any two steps is completed later, and files that nobody
 * confirms are removed. Begin with {@code SubmissionService}, then {@code SubmissionConfirmations}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.json",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.lists",
            "platform.mongo",
            "platform.ratelimit",
            "platform.storage",
            "auth",
            "quotas",
            "deletions",
            "blobs",
            "agents",
            "projects"
        })
package dev.waybill.submissions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
