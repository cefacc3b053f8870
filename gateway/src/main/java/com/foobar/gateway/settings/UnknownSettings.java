package com.foobar.gateway.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Stops the start where a setting of the gateway is none: a slip in its name would
 * otherwise leave a limit off without a word.
 * <p>
 * Environment variables are not looked at: platforms make their own, such as
 * {@code GATEWAY_SERVICE_HOST} where a service is called gateway.
 */
final class UnknownSettings {

	private static final String PREFIX = "gateway.";

	private final Set<String> known = new TreeSet<>();

	/** Looks through all settings. */
	UnknownSettings(ApplicationContext context, ConfigurableEnvironment environment) {
		ConfigurationPropertiesBean.getAll(context).values().forEach(this::learn);
		for (PropertySource<?> source : environment.getPropertySources()) {
			boolean variables = source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
			if (source instanceof EnumerablePropertySource<?> names && !variables) {
				Arrays.stream(names.getPropertyNames()).forEach(this::require);
			}
		}
	}

	private void learn(ConfigurationPropertiesBean bean) {
		Object instance = bean.getInstance();
		RecordComponent[] components = (instance != null) ? instance.getClass().getRecordComponents() : null;
		String prefix = bean.getAnnotation().prefix();
		if (components != null && (prefix + ".").startsWith(PREFIX)) {
			for (RecordComponent component : components) {
				this.known.add(prefix + "." + dashed(component.getName()));
			}
		}
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	// A list's or a map's elements have longer names.
	private void require(String written) {
		if (!written.startsWith(PREFIX)) {
			return;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
		for (String setting : this.known) {
			ConfigurationPropertyName of = ConfigurationPropertyName.of(setting);
			if (of.equals(name) || of.isAncestorOf(name)) {
				return;
			}
		}
		throw new InvalidSettingException(written + " is set, which is no setting of the gateway",
				"Remove it, or write it as it is in docs/gateway.md. There are: " + String.join(", ", this.known)
						+ ".");
	}

}
