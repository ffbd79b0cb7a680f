package dev.waybill.platform.startup;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports {@link CannotStart} to the operator in sentences, instead of a stack trace. */
class CannotStartAnalyzer extends AbstractFailureAnalyzer<CannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable root, CannotStart failure) {
        String description = failure.problems().stream()
                .map(problem -> "  - " + problem)
                .collect(Collectors.joining("\n", "Waybill cannot work with these settings:\n\n", ""));
        return new FailureAnalysis(
                description,
                "Correct the environment variables named above and start again."
                        + " docs/configuration.md lists all of them.",
                failure);
    }
}
