package dev.waybill.platform.web;

import dev.waybill.platform.ids.IdGenerator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Settings where Tomcat's defaults do not fit. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> jsonFromTomcat(
            JsonMapper json, IdGenerator ids, WebProperties properties, ObjectProvider<ErrorRenderers> renderers) {
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
            factory.addConnectorCustomizers(connector -> boundBodies(connector, properties));
        };
    }

    /** A time of their own for bodies: a connection may rest for longer between its requests. */
    private static void boundBodies(Connector connector, WebProperties properties) {
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout(
                    Math.toIntExact(properties.bodyTimeout().toMillis()));
        }
    }
}
