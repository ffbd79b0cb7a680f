package dev.waybill;

import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Prints the URLs and the key for trying the service out, as soon as it is ready. */
record Welcome(String baseUrl, String apiKey, String storageUrl, Path folder)
        implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        System.out.print("""

                Waybill is ready.

                  Base URL   %1$s
                  API key    %2$s
                  API docs   %1$s/docs   (OpenAPI: %1$s/openapi.json)
                  Metrics    http://127.0.0.1:%5$s/actuator/prometheus
                  Storage    %3$s
                  Data       %4$s

                Try it:

                  curl -s %1$s/v1/namespaces \\
                    -H 'Authorization: Bearer %2$s' \\
                    -H 'Content-Type: application/json' \\
                    -d '{"namespace_name": "production", "feature_extractors": [{"feature_extractor_name": "multimodal_extractor", "version": "v1"}]}'

                Ctrl-C stops it. The data stays; delete the folder to begin anew.

                """.formatted(
                        baseUrl,
                        apiKey,
                        storageUrl,
                        folder,
                        event.getApplicationContext().getEnvironment().getProperty("local.management.port")));
        System.out.flush();
    }
}
