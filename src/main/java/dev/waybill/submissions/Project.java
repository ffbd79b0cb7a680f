package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that an organization asks its agents for.
 *
 * @param acceptedTypes media types of files, such as {@code image/png} or {@code image/*}; empty for any
 * @param deadline from when on nothing new is taken; null for never
 * @param maxFileSizeBytes the largest file, 1 byte to 5 GiB
 * @param agents who may submit; empty for all agents of the organization
 */
record Project(
        ProjectId id,
        OrganizationId organization,
        String name,
        String prompt,
        List<String> acceptedTypes,
        @Nullable Instant deadline,
        long maxFileSizeBytes,
        List<AgentId> agents,
        ProjectStatus status,
        Instant createdAt,
        Instant updatedAt) {

    Project {
        acceptedTypes = List.copyOf(acceptedTypes);
        agents = List.copyOf(agents);
    }

    boolean isFor(AgentId agent) {
        return agents.isEmpty() || agents.contains(agent);
    }

    /** @param mediaType without parameters, in lower case */
    boolean accepts(String mediaType) {
        return acceptedTypes.isEmpty()
                || acceptedTypes.stream()
                        .anyMatch(accepted -> accepted.equals("*/*")
                                || accepted.equals(mediaType)
                                || (accepted.endsWith("/*")
                                        && mediaType.startsWith(accepted.substring(0, accepted.length() - 1))));
    }

    boolean isOver(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
