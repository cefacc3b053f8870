package com.foobar.web.problem;

import com.foobar.web.request.Refusal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Hands the errors of filters and of the servlet container to {@link ProblemAdvice}.
 */
@Controller
class ErrorDispatchController implements ErrorController {

	@RequestMapping("${spring.web.error.path:/error}")
	void error(HttpServletRequest request) throws Throwable {
		ResponseStatusException refusal = Refusal.of(request);
		if (refusal != null) {
			throw refusal;
		}
		if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
			throw failure;
		}
		throw new ResponseStatusException(
				(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)
						? HttpStatusCode.valueOf(status) : HttpStatus.NOT_FOUND);
	}

}
