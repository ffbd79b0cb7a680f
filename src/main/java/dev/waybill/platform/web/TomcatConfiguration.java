package dev.waybill.platform.web;

import dev.waybill.platform.ids.IdGenerator;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat does by itself and should do otherwise. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> jsonFromTomcat(
            JsonMapper json, IdGenerator ids, ObjectProvider<ErrorRenderers> renderers) {
        return factory -> {
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    // The name keeps the host from adding a valve of its own behind ours.
                    host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
                    host.getPipeline().addValve(new JsonErrorReportValve(json, ids, renderers));
                }
            });
            // A form's body is never read as parameters: no operation takes one, and reading it would hide the body.
            factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
        };
    }
}
