package dev.waybill.submissions;

import dev.waybill.agents.Agent;
import dev.waybill.agents.AgentService;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ratelimit.RateLimitResult;
import dev.waybill.platform.ratelimit.RateLimiter;
import dev.waybill.platform.web.ErrorRenderers;
import dev.waybill.platform.web.RequestHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates and rate-limits requests under /api/agents: it admits those with the key of an active agent within its
 * own hourly limit and that of all agents together. Runs before the dispatcher, so a missing key is reported before an
 * unknown path or an invalid body.
 */
final class AgentFilter extends OncePerRequestFilter {

    /** The request attribute that holds the {@link Agent}. */
    static final String AGENT = "waybill.agent";

    static final Duration WINDOW = Duration.ofHours(1);

    /** Up to a comma: proxies join a header that was sent twice, and the first is the one that counts. */
    private static final Pattern BEARER = Pattern.compile("\\s*(?i:bearer)[ \\t]+([A-Za-z0-9_]{1,100})\\s*(?:,.*)?");

    private final AgentService agents;
    private final RateLimiter limiter;
    private final SubmissionsProperties properties;
    private final ErrorRenderers failures;

    AgentFilter(AgentService agents, RateLimiter limiter, SubmissionsProperties properties, ErrorRenderers failures) {
        this.agents = agents;
        this.limiter = limiter;
        this.properties = properties;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Agent agent;
        try {
            agent = agents.authenticate(
                            key(RequestHeaders.authorization(request).orElse(null)))
                    .orElseThrow(AgentFilter::invalid);
            limit(agent, response);
        } catch (WaybillException refused) {
            failures.render(request, response, refused);
            return;
        }
        request.setAttribute(AGENT, agent);
        MDC.put("organization", agent.organization().value());
        MDC.put("agent_id", agent.id().value());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("organization");
            MDC.remove("agent_id");
        }
    }

    private static String key(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw new WaybillException(ErrorCode.UNAUTHORIZED, "Authentication required");
        }
        Matcher bearer = BEARER.matcher(header);
        if (!bearer.matches()) {
            throw invalid();
        }
        return bearer.group(1);
    }

    private static WaybillException invalid() {
        return new WaybillException(ErrorCode.UNAUTHORIZED, "Invalid API key");
    }

    /** The agent's own limit first: what that refuses does not count towards the platform's. */
    private void limit(Agent agent, HttpServletResponse response) {
        RateLimitResult own = limiter.acquire("agent", agent.id().value(), properties.requestsPerHour(), WINDOW);
        setHeaders(own, response);
        require(own, "this agent");
        RateLimitResult all = limiter.acquire("agents", "all", properties.platformRequestsPerHour(), WINDOW);
        if (!all.allowed()) {
            setHeaders(all, response);
        }
        require(all, "all agents together");
    }

    private static void setHeaders(RateLimitResult result, HttpServletResponse response) {
        response.setHeader("X-RateLimit-Limit", Long.toString(result.limit()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(result.remaining()));
        response.setHeader("X-RateLimit-Reset", Long.toString(result.resetsAt().getEpochSecond()));
    }

    private static void require(RateLimitResult result, String whose) {
        if (!result.allowed()) {
            long wait = result.retryAfter().toSeconds();
            throw new WaybillException(
                    ErrorCode.RATE_LIMITED,
                    "More than %d requests of %s in an hour. Try again in %d seconds."
                            .formatted(result.limit(), whose, wait),
                    Map.of("retry_after", wait));
        }
    }
}
