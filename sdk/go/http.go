package fieldwork

import "encoding/base64"

// HTTP fetches what the manifest asks for as http.fetch:<URL prefix> and the owner has granted.
type HTTP struct{ caller }

// HTTPRequest is one fetch. Only URL is needed: Method is GET, TimeoutMS 60,000 and MaxBytes 4 MiB where left zero.
type HTTPRequest struct {
	URL       string
	Method    string
	Headers   map[string]string
	Body      []byte
	TimeoutMS int
	MaxBytes  int
}

// HTTPResponse is what came back, whatever its status. Truncated tells that the body was cut at MaxBytes.
type HTTPResponse struct {
	Status    int
	Headers   map[string]string
	Body      []byte
	Truncated bool
}

// Fetch sends a request and waits for the response.
func (h HTTP) Fetch(request HTTPRequest) (HTTPResponse, error) {
	args := object{"url": request.URL, "response_encoding": "base64"}
	if request.Method != "" {
		args["method"] = request.Method
	}
	if len(request.Headers) > 0 {
		args["headers"] = request.Headers
	}
	if request.Body != nil {
		args["body"] = base64.StdEncoding.EncodeToString(request.Body)
		args["body_encoding"] = "base64"
	}
	if request.TimeoutMS != 0 {
		args["timeout_ms"] = request.TimeoutMS
	}
	if request.MaxBytes != 0 {
		args["max_bytes"] = request.MaxBytes
	}
	var reply struct {
		Status    int               `json:"status"`
		Headers   map[string]string `json:"headers"`
		Body      string            `json:"body"`
		Truncated bool              `json:"truncated"`
	}
	if err := h.ask("http.fetch", args, &reply); err != nil {
		return HTTPResponse{}, err
	}
	body, err := decodeBase64(reply.Body)
	return HTTPResponse{reply.Status, reply.Headers, body, reply.Truncated}, err
}
