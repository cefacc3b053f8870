package com.foobar.web.api;

import java.util.List;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The API page and the OpenAPI document.
 */
@Controller
class ApiController {

	private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

	private final List<Operation> operations;

	ApiController() {
		this.operations = Operation.read(new ClassPathResource("openapi.yaml"));
	}

	@GetMapping("/api")
	ModelAndView page() {
		return new ModelAndView("api/api", "operations", this.operations);
	}

	@GetMapping("/api/openapi.yaml")
	ResponseEntity<Resource> document() {
		return ResponseEntity.ok()
			.contentType(YAML)
			.cacheControl(CacheControl.noCache())
			.body(new ClassPathResource("openapi.yaml"));
	}

}
